CREATE TABLE t (a);
SELECT 1 FROM t t1,t t2,t t3,t t4,t t5,t t6,t t7,t t8,t t9,t t10,t t11,t t12,t t13,t t14,t t15,t t16,t t17,t t18,t t19,t t20,
t t21,t t22,t t23,t t24,t t25,t t26,t t27,t t28,t t29,t t30,t t31,t t32,t t33,t t34,t t35,t t36,t t37,t t38,t t39,t t40,
t t41,t t42,t t43,t t44,t t45,t t46,t t47,t t48,t t49,t t50,t t51,t t52,t t53,t t54,t t55,t t56,t t57,t t58,t t59,t t60,
t t61,t t62,t t63,t t64,t t65;
